-- +goose Up

-- A team of the authority: workers, their manager, the young people they work with.
create table team (
  authority  text not null references authority (code),
  id         text not null,
  name       text not null,
  created_at text not null,
  created_by text not null,
  ended_at   text,
  primary key (authority, id)
) /*strict*/;

alter table account add column team text not null default '';    -- '' for somebody in no team
alter table account add column agency text not null default '';  -- of a partner: the agency
alter table account add column section text not null default ''; -- of a partner: the section of records that they may see
alter table child add column team text not null default '';      -- team that works with the young person; '' for none yet
alter table child add column erased_at text;                      -- null while the young person's record is kept

-- A record restricted to named people. Lifting it takes two people.
create table restriction (
  authority text not null,
  id        text not null,
  child_id  text not null,  -- the record
  began_at  text not null,
  began_by  text not null,
  ended_at  text,
  ended_by  text,
  primary key (authority, id),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;
create index restriction_child on restriction (authority, child_id) where ended_at is null;

-- Whom a restriction names.
create table restriction_name (
  authority      text not null,
  restriction_id text not null,  -- the restriction
  account_id     text not null,
  named_at       text not null,  -- when the account was named
  named_by       text not null,  -- account that named it
  primary key (authority, restriction_id, account_id),
  foreign key (authority, restriction_id) references restriction (authority, id),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;

-- A record that somebody opened in an emergency.
create table emergency (
  authority   text not null,
  id          text not null,
  child_id    text not null,  -- the record
  account_id  text not null,  -- who opened it
  reason      text not null,  -- in their words
  began_at    text not null,
  until_at    text not null,  -- when it ends by itself
  ended_at    text,           -- when they ended it before
  reviewed_at text,           -- null while nobody has looked at it
  reviewed_by text,           -- who looked at it
  outcome     text not null default '' check (outcome in ('', 'right', 'wrong')),  -- what the review found
  remark      text not null default '',  -- what the reviewer wrote
  primary key (authority, id),
  foreign key (authority, child_id) references child (authority, id),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;
create index emergency_account on emergency (authority, account_id, until_at) where ended_at is null;
create index emergency_child on emergency (authority, child_id);

-- What two people must decide: one asks, another decides.
create table decision (
  authority  text not null,
  id         text not null,
  act        text not null check (act in ('export', 'erase', 'lift-restriction')),  -- what is asked for
  subject_id text not null,  -- record or restriction; '' for an export
  reason     text not null,  -- in the asker's words
  asked_at   text not null,  -- when it was asked for
  asked_by   text not null,  -- account that asked
  decided_at text,
  decided_by text,
  decided    text not null default '' check (decided in ('', 'yes', 'no', 'withdrawn')),  -- what was decided; '' while it waits
  remark     text not null default '',  -- what the second person wrote
  until_at   text not null,  -- after this it is too late to decide, or to use what was decided
  used_at    text,           -- when what was decided was done
  primary key (authority, id)
) /*strict*/;

-- Something that somebody must be told on their next page.
create table notice (
  authority  text not null,
  id         text not null,
  account_id text not null,  -- whom
  kind       text not null,  -- 'emergency', 'decision', …
  subject_id text not null,  -- what it is about
  at         text not null,  -- when it happened
  seen_at    text,           -- null while it stands at the top of their pages
  primary key (authority, id),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;
create index notice_account on notice (authority, account_id) where seen_at is null;
