-- +goose Up

-- In which session a young person said something: what they kept from others is shown to
-- that session, and to one in which they proved the same secret of their own.
alter table conversation add column session_hash text not null default '';  -- of own_session; '' for what was not said on a page of their own
alter table own_session add column proved text not null default '';  -- device whose pictures or passkey were proved or chosen here; '' for none
alter table own_session add column unlocked text not null default '';  -- child_id of the own_lock whose pictures were proved or chosen here; '' for none
alter table own_device add column given_by text not null default '';  -- account with whose code or on whose word the device was remembered

update own_device set given_by = coalesce((select max(s.given_by) from own_session s
  where s.authority = own_device.authority and s.device_id = own_device.id and s.way <> 'device'), '');

-- The four pictures with which a young person sees again what they kept from others,
-- on whatever device and with whoever's code they came in.
create table own_lock (
  authority text not null,
  child_id  text not null,     -- the record
  pictures  text not null,     -- argon2id of the four pictures, PHC string
  wrong     integer not null,  -- wrong tries since the last right one
  tried_at  text not null,     -- when it was last tried
  made_at   text not null,     -- when the pictures were chosen
  primary key (authority, child_id),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;
