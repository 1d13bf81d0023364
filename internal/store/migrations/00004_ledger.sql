-- +goose Up

-- The log that cannot be quietly changed: each entry has a place in its authority's log,
-- a seal that nobody makes without the key, and the hashes of the tree that it completed.
alter table audit add column n integer;  -- place in the authority's log, from 0; none only until the database is opened
alter table audit add column mac text not null default '';  -- seal over the entry and its place, base64
alter table audit add column hashes text not null default '';  -- hashes of the tree that end with this entry, the lowest first, base64
create unique index audit_n on audit (authority, n);
create index audit_at on audit (authority, at, id);

-- How long each authority's log is, and the right edge of its hash tree.
create table ledger (
  authority text not null primary key,  -- '' for sign-ins at no authority
  size      integer not null,           -- entries
  edge      text not null               -- roots of the complete subtrees, the largest first, base64
) /*strict*/;

-- Entries of an authority that does not exist are kept in the log of none.
update audit set authority = '' where authority not in (select code from authority);
