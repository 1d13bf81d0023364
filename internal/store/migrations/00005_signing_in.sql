-- +goose Up

-- How people prove who they are, and which of their sessions go on.

-- Which roles there are is the program's to say: the column loses its check.
alter table account add column role_now text not null default '';  -- what the person is to the authority
update account set role_now = role;
alter table account drop column role;
alter table account rename column role_now to role;

-- A password that somebody else set opens nothing any more: whoever had one and has
-- not chosen their own is invited again.
update account set password = '', password_at = '', password_by = '' where one_time = 1;
alter table account drop column one_time;
update session set ended_at = seen_at where ended_at is null;

alter table account add column issuer text not null default '';   -- the council's sign-in service that vouches for the person; '' where they prove it here
alter table account add column subject text not null default '';  -- that service's own id of the person
create unique index account_subject on account (authority, issuer, subject) where subject <> '';

alter table session add column way text not null default '';         -- how its owner signed in: password, code, recovery, passkey, provider, invitation
alter table session add column whole integer not null default 1 check (whole in (0, 1));  -- 0 while the owner has not set up how they sign in: nothing else can be done
alter table session add column stepped_up_at text not null default '';  -- when the owner last gave a second factor; '' where they never did
alter table session add column browser text not null default '';     -- family of the browser, such as Firefox; nothing that tells one machine from another
create index session_account on session (authority, account_id) where ended_at is null;

-- A passkey of somebody. Nothing in it opens anything.
create table passkey (
  authority       text not null,
  credential      text not null,     -- the passkey's own id, base64url
  account_id      text not null,
  public_key      text not null,     -- COSE, base64url
  uses            integer not null,  -- as the passkey counts them; some always say 0
  backup_eligible integer not null check (backup_eligible in (0, 1)),  -- 1 where it may live on several devices
  name            text not null,     -- what its owner calls it
  created_at      text not null,
  used_at         text not null,     -- '' where it never was
  primary key (authority, credential),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;
create index passkey_account on passkey (authority, account_id);

-- The app on somebody's phone that shows one-time codes.
create table code_app (
  authority  text not null,
  account_id text not null,
  secret     text not null,     -- what the app and the program share
  last_step  integer not null,  -- the step of time of the last code that was taken: no code is good twice
  created_at text not null,
  primary key (authority, account_id),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;

-- Codes for when a phone is lost, each good once.
create table recovery_code (
  authority  text not null,
  account_id text not null,
  code_hash  text not null,  -- keyed hash
  created_at text not null,
  used_at    text not null,  -- '' while it has not been used
  primary key (authority, account_id, code_hash),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;

-- A code with which somebody sets up how they sign in: good once, for seven days.
create table invitation (
  authority  text not null,
  code_hash  text not null,  -- keyed hash
  account_id text not null,
  created_at text not null,
  created_by text not null,
  expires_at text not null,  -- from when on it is good no more
  used_at    text not null,  -- '' while it has not been used; a later invitation uses it up too
  primary key (authority, code_hash),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;
create index invitation_account on invitation (authority, account_id);

-- The sign-in service of an authority (OpenID Connect).
create table provider (
  authority  text not null primary key references authority (code),
  issuer     text not null,  -- its address
  client     text not null,  -- what this program is called there
  secret     text not null,  -- with which the program proves itself there
  claim      text not null,  -- in which the service lists somebody's groups
  label      text not null,  -- what people call the service
  created_at text not null
) /*strict*/;

-- Which group of the sign-in service gives which role. The first that fits holds.
create table provider_group (
  authority  text not null references provider (authority),
  place      integer not null,  -- in which order they are tried
  group_name text not null,     -- id of the group, as the service lists it
  role       text not null,     -- what its members are to the authority
  primary key (authority, place)
) /*strict*/;
