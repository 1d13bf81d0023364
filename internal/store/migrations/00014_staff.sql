-- +goose Up

-- Who the staff are is sealed, and found by keyed hashes. What was unique stays so: the
-- column by which usernames were kept apart holds their hashes from now on. Until the
-- database is opened both columns hold the username as it was.
alter table account rename column username to username_hash;         -- keyed hash of the username; by it somebody is found who signs in
alter table account add column username text not null default '';    -- lower case
update account set username = username_hash;

drop index account_subject;
alter table account add column subject_hash text not null default ''; -- keyed hash of the sign-in service's id of the person; '' where they prove it here
create unique index account_subject on account (authority, issuer, subject_hash) where subject_hash <> '';

-- Names of staff, teams and agencies, and secrets that were sealed in a way of their own,
-- join what is sealed: all of it is looked through again.
update keyring set sealed_at = '';
