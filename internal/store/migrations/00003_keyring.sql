-- +goose Up

-- The keys of this database, wrapped by a master key that is kept elsewhere.
create table keyring (
  id      integer not null primary key check (id = 1),  -- there is one
  wrapped text not null                                  -- base64
) /*strict*/;
