-- +goose Up

-- The council's sign-in service is asked again while a session goes on.
alter table session add column refresh text not null default '';     -- with which the service is asked whether it still vouches for the owner; sealed; '' where it gave none, and once the session is over
alter table session add column vouched_at text not null default '';  -- when the service last vouched for the owner; '' where it never did
alter table session add column asked_at text not null default '';    -- when the service was last asked again; '' where it never was
