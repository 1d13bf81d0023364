-- +goose Up

-- An agency that the council works with: health, the police, a school, a charity.
create table agency (
  authority  text not null references authority (code),
  id         text not null,
  name       text not null,
  kind       text not null,  -- health, police, school, legal, home-office, council, charity, other
  created_at text not null,
  created_by text not null,
  ended_at   text,           -- null while the council works with it
  ended_by   text,
  primary key (authority, id)
) /*strict*/;

-- What a young person agreed to, did not agree to or took back, and what else the law
-- lets the council share on. Rows are added and never changed.
create table consent (
  authority   text not null,
  number      integer not null,  -- place in the authority's ledger: of two entries the later one has the higher number
  id          text not null,
  child_id    text not null,
  purpose     text not null check (purpose in ('sharing', 'study')),  -- what the young person was asked about
  agency_id   text not null,     -- '' where the purpose is not sharing
  section     text not null,     -- section of the record; '' where the purpose is not sharing
  basis       text not null check (basis in ('consent', 'vital-interests', 'legal-obligation', 'public-task')),  -- the ground in law: consent, or what is none
  answer      text not null check (basis = 'consent' and answer in ('agreed', 'not-agreed', 'withdrawn') or basis <> 'consent' and answer in ('applies', 'no-longer')),  -- what the young person said; of another basis, whether it applies
  how         text not null,     -- how the young person was asked: spoken, interpreter, written, pictures; own-page where they took it back themselves; '' where nobody was asked
  language    text not null,     -- in which they were asked; '' where nobody was asked
  asked_on    text not null,     -- day on which they were asked, or from which another basis applies
  expires_on  text not null,     -- last day on which it holds; '' where it has no end
  replaces    text not null,     -- entry that counted before; '' for the first
  remark      text not null,     -- in the words of whoever recorded it
  recorded_at text not null,
  recorded_by text not null,
  primary key (authority, number),
  unique (authority, id),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;
create index consent_child on consent (authority, child_id);

-- A section of a record that an agency sees. It is live only while its basis holds:
-- the queries ask the ledger each time.
create table share (
  authority text not null,
  id        text not null,
  child_id  text not null,  -- the record
  agency_id text not null,  -- who sees it
  section   text not null,  -- section of the record
  basis     text not null,  -- the one basis on which it rests
  began_at  text not null,
  began_by  text not null,  -- of a restricted record: somebody whom the restriction names
  ended_at  text,           -- null while nobody has ended it
  ended_by  text,
  primary key (authority, id),
  foreign key (authority, child_id) references child (authority, id),
  foreign key (authority, agency_id) references agency (authority, id)
) /*strict*/;
create index share_child on share (authority, child_id) where ended_at is null;
create index share_agency on share (authority, agency_id) where ended_at is null;
