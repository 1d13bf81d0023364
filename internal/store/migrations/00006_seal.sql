-- +goose Up

-- The keys of the keyring, by their ids alone: what a data key was wrapped by cannot
-- be taken away while the data key is there.
create table seal_key (
  id      text not null primary key,  -- id of the key in the keyring
  made_at text not null       -- when it came into the keyring
) /*strict*/;

-- A data key for each child, and one for what is about no child. Without it what was
-- sealed under it can be read by nobody: to destroy it is to erase the person.
create table data_key (
  authority text not null references authority (code),
  child_id  text not null,                   -- '' for what is about no child
  wrapped   text not null,                   -- base64, wrapped by the keyring; '' once destroyed
  key_id    text references seal_key (id),   -- the key that wrapped it; null once destroyed
  primary key (authority, child_id)
) /*strict, by its key*/;

-- By what a young person is found by name: keyed hashes of the words of each name
-- that stands, and of how the words begin.
create table name_token (
  authority text not null,
  token     text not null,  -- keyed hash of a word, or of its first 2 to 8 letters
  child_id  text not null,
  source    text not null,  -- as in identity
  primary key (authority, token, child_id, source),
  foreign key (authority, child_id) references child (authority, id)
) /*strict, by its key*/;
create index name_token_child on name_token (authority, child_id, source);

-- Names are found by name_token now.
alter table identity drop column name_key;

alter table keyring add column generation integer not null default 0;  -- raised when a key is added or taken away
alter table keyring add column sealed_at text not null default '';  -- since when nothing stands unsealed that is to be sealed; '' while it may
