-- +goose Up

-- An authority is a council, or whoever answers for the children. Every other
-- table begins with its code.
create table authority (
  code       text not null primary key,  -- its DfE number, or another code of letters and digits
  name       text not null,
  fictional  integer not null check (fictional in (0, 1)),  -- 1 where all of it was made up
  edition    text not null,     -- the edition in which new conversations are held
  version    integer not null,  -- raised by every change; the row is also the lock of the authority's writers
  created_at text not null
) /*strict*/;

create table account (
  authority  text not null references authority (code),
  id         text not null,
  username   text not null,     -- lower case
  name       text not null,
  role       text not null check (role in ('worker', 'manager', 'data-officer', 'administrator')),  -- what the person is to the authority
  password   text not null,     -- argon2id, PHC string
  created_at text not null,
  created_by text not null,
  ended_at   text,
  primary key (authority, id),
  unique (authority, username)
) /*strict*/;

create table session (
  authority  text not null,
  token_hash text not null,     -- SHA-256 of the cookie's token
  account_id text not null,
  created_at text not null,
  seen_at    text not null,  -- when it was last used, to within two minutes
  ended_at   text,
  primary key (authority, token_hash),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;

-- A child is one identifier of the authority, or one young person added by
-- hand. record_id is the child whose record shows this one: itself, until a
-- person says that two are the same young person.
create table child (
  authority  text not null references authority (code),
  id         text not null,
  reference  text not null,  -- what people call the record by: K7P4-TM
  la_id      text,              -- the authority's own id in its returns
  record_id  text not null,
  created_at text not null,
  created_by text not null,     -- account, or '' where a file brought the child
  primary key (authority, id),
  unique (authority, reference),
  unique (authority, la_id)
) /*strict, by its key*/;
create index child_record on child (authority, record_id);

-- Who the child is, by source: 'person' (entered by hand), 'template/register',
-- or a return's kind and year. Kept apart from everything that is counted.
create table identity (
  authority     text not null,
  child_id      text not null,
  source        text not null,  -- who says so: 'person', 'template/register', or a return's kind and year
  recorded_at   text not null,
  recorded_by   text not null,
  name          text not null,
  name_key      text not null,  -- the name folded for search
  birth_date    text not null,  -- as the source has it, which may be an estimate
  sex           text not null,  -- M, F or U
  ethnicity     text not null,  -- DfE's code of four letters
  upn           text not null,  -- unique pupil number
  superseded_at text,  -- null while the source says so
  primary key (authority, child_id, source, recorded_at),
  foreign key (authority, child_id) references child (authority, id)
) /*strict, by its key*/;

-- Two children who may be one; a person decides.
create table child_match (
  authority  text not null,
  child_a    text not null,     -- child_a < child_b
  child_b    text not null,  -- the other child
  reason     text not null check (reason in ('upn', 'birth-sex-ethnicity', 'name', 'person')),  -- why the two may be one
  state      text not null check (state in ('waiting', 'linked', 'different')),  -- whether a person has decided, and how
  found_at   text not null,
  decided_at text,
  decided_by text,
  primary key (authority, child_a, child_b),
  foreign key (authority, child_a) references child (authority, id),
  foreign key (authority, child_b) references child (authority, id)
) /*strict*/;

-- One table of one file that was read, for one year.
create table delivery (
  authority      text not null references authority (code),
  number         integer not null,  -- counts the authority's deliveries from 1
  kind           text not null,  -- what the table was taken for: 'ssda903/episodes'
  year_ending    text not null,
  file_name      text not null,
  received_at    text not null,
  received_by    text not null,
  rows_read      integer not null,  -- rows of the table
  rows_taken     integer not null,  -- of these, taken in
  rows_set_aside integer not null,  -- of these, set aside and told
  rows_added     integer not null,  -- taken that were new
  rows_changed   integer not null,  -- taken that said something else before
  rows_gone      integer not null,  -- of the return before that are no longer there
  rows_same      integer not null,  -- taken that were there already
  report         text not null,  -- JSON: problems and values read as something else
  primary key (authority, number)
) /*strict*/;
create index delivery_return on delivery (authority, kind, year_ending);

-- What one return says of one child. Rows are never changed but for
-- superseded_by: the delivery whose file no longer says this.
create table fact (
  authority     text not null,
  delivery      integer not null,  -- delivery that brought it
  n             integer not null,  -- counts the facts of the delivery from 1, child by child
  row_key       text not null,  -- names the row among all rows of the return
  row_hash      text not null,  -- what the row says, in short: two rows with one hash say the same
  child_id      text not null,
  kind          text not null,  -- what sort of fact: 'episode', 'missing', 'factor', …
  began         text not null,  -- first day
  ended         text not null,  -- last day; '' while it goes on
  code          text not null,  -- the return's own code that says most: legal status, factor, …
  details       text not null,   -- JSON array of {name, value}; '' where there are none
  sheet         text not null,  -- sheet of the file
  row_number    integer not null,  -- row of the file, the header being 1
  superseded_by integer,  -- delivery that took its place; null while it holds
  primary key (authority, delivery, n),
  foreign key (authority, delivery) references delivery (authority, number),
  foreign key (authority, child_id) references child (authority, id)
) /*strict, by its key*/;
create index fact_child on fact (authority, child_id);
create index fact_factor on fact (authority, code, ended) where superseded_by is null and kind = 'factor';

-- Versions of a child's register entry; the highest version is what holds now.
create table register_entry (
  authority   text not null,
  child_id    text not null,
  version     integer not null,  -- counts the child's versions from 1
  state       text not null check (state in ('referred', 'suspected')),  -- from body, for counting
  referred_on text not null,  -- from body, for counting
  closed_on   text not null,  -- from body, for counting
  body        text not null,     -- JSON object: field id to value
  said        text not null,     -- what the file's row said, as body; '' where a person entered it
  source      text not null,     -- 'person', or the delivery's number
  recorded_at text not null,
  recorded_by text not null,
  primary key (authority, child_id, version),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;

create table allocation (
  authority  text not null,
  child_id   text not null,      -- the record
  account_id text not null,
  began_at   text not null,
  began_by   text not null,
  ended_at   text,
  ended_by   text,
  primary key (authority, child_id, account_id, began_at),
  foreign key (authority, child_id) references child (authority, id),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;
create index allocation_account on allocation (authority, account_id) where ended_at is null;

create table edition (
  authority   text not null references authority (code),
  id          text not null,
  body        text not null,     -- the edition as JSON
  imported_at text not null,
  imported_by text not null,
  primary key (authority, id)
) /*strict*/;

create table conversation (
  authority   text not null,
  id          text not null,
  child_id    text not null,
  account_id  text not null,     -- '' where a file brought it
  edition     text not null,
  held_on     text not null,  -- day of the conversation
  language    text not null,  -- as spoken: 'Tigrinya'
  interpreter integer not null check (interpreter in (0, 1)),  -- 1 where an interpreter helped
  helped_by   text not null,     -- kinds of help joined by '; '
  file_key    text not null,     -- the template's conversation cell; '' for a page's
  recorded_at text not null,
  primary key (authority, id),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;
create index conversation_child on conversation (authority, child_id, held_on);

-- One answer by one voice to one indicator at one time; never changed.
create table reading (
  authority       text not null,
  id              text not null,
  child_id        text not null,
  edition         text not null,
  indicator       text not null,
  voice           text not null check (voice in ('young-person', 'worker')),
  state           text not null check (state in ('answered', 'not-talked-about', 'does-not-want-to-say', 'does-not-know', 'not-part-of-my-life')),
  value           integer not null check (value between 0 and 5),  -- 1 to 5 where it is an answer, else 0
  said_on         text not null,  -- day on which it was said
  recorded_at     text not null,
  conversation_id text not null,
  account_id      text not null,
  helped_by       text not null,  -- kinds of help joined by '; '
  evidence        text not null,  -- what a worker's reading rests on
  replaces        text not null,  -- '' for a first reading
  primary key (authority, child_id, id),
  foreign key (authority, child_id) references child (authority, id),
  foreign key (authority, conversation_id) references conversation (authority, id),
  check ((state = 'answered') = (value > 0))
) /*strict, by its key*/;
create index reading_child on reading (authority, child_id, edition, indicator, voice);

create table reading_words (
  authority  text not null,
  reading_id text not null,
  child_id   text not null,
  words      text not null,  -- the reason, in the speaker's own words
  primary key (authority, child_id, reading_id),
  foreign key (authority, child_id, reading_id) references reading (authority, child_id, id)
) /*strict, by its key*/;

-- What stands on a form of a conversation that nobody has sent yet: put over as it
-- is filled in, and taken away when it has become a reading.
create table draft (
  authority       text not null,
  conversation_id text not null,
  indicator       text not null,
  voice           text not null check (voice in ('young-person', 'worker')),
  account_id      text not null,
  state           text not null,  -- '' while nothing is chosen
  value           integer not null check (value between 0 and 5),  -- 1 to 5 where an answer was chosen, else 0
  evidence        text not null,  -- as in reading
  words           text not null,  -- as typed so far
  replaces        text not null,  -- the reading that the form showed
  saved_at        text not null,  -- when the form was last kept
  primary key (authority, conversation_id, indicator, voice, account_id),
  foreign key (authority, conversation_id) references conversation (authority, id)
) /*strict*/;
create index draft_saved on draft (authority, saved_at) where state <> '';

-- Where one voice stands on one outcome or indicator of one record: a
-- projection of readings, kept in the transaction that saves the reading.
create table standing (
  authority    text not null,
  record_id    text not null,
  edition      text not null,
  item         text not null,
  voice        text not null,
  first_value  integer not null, -- 0 where this voice never answered
  first_on     text not null,  -- day of the first answer
  latest_value integer not null, -- the latest answer; 0 where there is none
  latest_on    text not null,  -- day of the latest answer
  state        text not null,    -- of the latest day: answered, or one of the four
  state_on     text not null,  -- the latest day on which anything was said
  primary key (authority, record_id, edition, item, voice)
) /*strict, by its key*/;

-- Counts of records by group, for the overview: a projection of standing and
-- of the register, kept in the same transaction.
create table tally (
  authority text not null,
  edition   text not null,
  item      text not null,
  grp       text not null,       -- 'referred', 'suspected', 'closed', 'none': the record's state on the register
  measure   text not null,       -- 'now', 'moved', 'apart'
  bucket    text not null,  -- of the measure: an answer or a state; up, same, down, once; apart, together
  n         integer not null,  -- records
  primary key (authority, edition, item, grp, measure, bucket)
) /*strict*/;

-- Who did what to what. Ids only, never a name or a text.
create table audit (
  authority  text not null,
  id         text not null,
  at         text not null,  -- when it was done
  account_id text not null,      -- '' for the command line
  act        text not null,  -- what was done
  subject    text not null,      -- 'record', 'account', 'file', …
  subject_id text not null,  -- id of what it was done to
  detail     text not null,  -- ids, kinds and counts
  primary key (authority, id)
) /*strict*/;
create index audit_subject on audit (authority, subject_id, at);
create index audit_account on audit (authority, account_id, at);
