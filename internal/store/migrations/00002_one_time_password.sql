-- +goose Up

-- Who set the password that an account has now, and when. One that somebody else
-- set is good for one sign-in: its owner then chooses their own.
alter table account add column one_time integer not null default 0 check (one_time in (0, 1));  -- 1 until the owner has chosen their own
alter table account add column password_at text not null default '';  -- '' where it was set before this was kept
alter table account add column password_by text not null default '';  -- account, or '' for the command line
