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

-- Reading of records that somebody has to explain: many in a day, out of hours, without
-- a relation. Found once for a person, a kind and a day.
create table unusual (
  authority  text not null,
  id         text not null,
  account_id text not null,     -- who read
  kind       text not null check (kind in ('many', 'hours', 'relation')),  -- what is unusual about it
  day        text not null,     -- in London
  records    integer not null,  -- different records that it is about; may grow during the day
  found_at   text not null,
  primary key (authority, id),
  unique (authority, account_id, kind, day),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;

-- What was said of unusual reading, never changed: why, by who read; to whom it was taken, by others.
create table unusual_word (
  authority  text not null,
  unusual_id text not null,  -- of what it was said
  id         text not null,
  at         text not null,  -- when it was said
  account_id text not null,  -- who said it
  act        text not null check (act in ('explained', 'escalated')),  -- what it did
  words      text not null,  -- free text
  primary key (authority, unusual_id, id),
  foreign key (authority, unusual_id) references unusual (authority, id)
) /*strict*/;
