-- +goose Up

-- Numbers of the authority whose records were erased: a later return that brings one
-- again is told by this, and what it says of that young person is left out.
create table erased_number (
  authority text not null references authority (code),
  number    text not null,  -- keyed hash of the number; the number itself is kept nowhere
  erased_at text not null,  -- when the record was erased
  primary key (authority, number)
) /*strict*/;

create index decision_subject on decision (authority, subject_id);
