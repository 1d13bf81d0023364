-- +goose Up

-- How a conversation was held: in a talk with a worker, on the young person's own page,
-- on a worker's tablet that was handed over, on paper; a file brought the rest.
alter table conversation add column how text not null default 'talk' check (how in ('talk', 'own-page', 'handed-over', 'paper', 'file'));  -- how it was held
update conversation set how = 'file' where account_id = '';

-- A way into a young person's own page that was given to them: used once, and for a
-- short time.
create table own_code (
  authority  text not null,
  code_hash  text not null,      -- keyed hash of the code, which is kept nowhere
  child_id   text not null,      -- the record
  kind       text not null check (kind in ('screen', 'slip')),  -- shown on a worker's screen, or printed for later
  made_at    text not null,  -- when it was made
  made_by    text not null,  -- account
  expires_at text not null,      -- after which it is dead
  used_at    text,               -- null while it was not used
  ended_at   text,               -- null while nobody took it back
  primary key (authority, code_hash),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;
create index own_code_child on own_code (authority, child_id);

-- A device that a young person chose to be remembered on.
create table own_device (
  authority  text not null,
  id         text not null,
  child_id   text not null,      -- the record
  token_hash text not null,      -- SHA-256 of what the browser keeps
  pictures   text not null,      -- argon2id of the four pictures, PHC string; '' where a passkey opens it
  passkey    text not null,      -- the passkey as JSON; sealed; '' where pictures open it
  wrong      integer not null,   -- tries with wrong pictures since the last right one
  made_at    text not null,  -- when it was made
  seen_at    text not null,      -- when it was last used
  ended_at   text,               -- null while it opens the page
  ended_by   text,               -- account, '' for the young person, 'restore' where a backup was restored
  primary key (authority, id),
  unique (authority, token_hash),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;
create index own_device_child on own_device (authority, child_id);

-- A young person on their own page, on one device.
create table own_session (
  authority       text not null,
  token_hash      text not null,  -- SHA-256 of the cookie's token
  child_id        text not null,  -- the record
  way             text not null check (way in ('code', 'slip', 'handed-over', 'device')),  -- how they came in
  given_by        text not null,  -- account that gave the code or the tablet; '' for a device
  device_id       text not null,  -- device that is remembered; '' for none
  language        text not null,  -- tag of the language chosen; '' before
  pictures        integer not null check (pictures in (0, 1)),  -- 1 where pictures stand for words
  conversation_id text not null,  -- that what is said here belongs to; '' while nothing was said
  began_at        text not null,
  seen_at         text not null,  -- when it was last used, to within a minute
  ended_at        text,
  primary key (authority, token_hash),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;
create index own_session_child on own_session (authority, child_id);

-- What a young person said on their own page that is no reading: an answer that they
-- keep to one person or to themselves, words, drawings, sounds. Rows are added; only the
-- audience changes, and only to a wider one.
create table own_said (
  authority       text not null,
  id              text not null,
  child_id        text not null,  -- the record
  conversation_id text not null,
  kind            text not null check (kind in ('answer', 'words', 'drawing', 'picture', 'sound')),  -- which
  outcome         text not null,  -- of the edition; '' where it is about nothing special
  indicator       text not null,  -- of an answer; '' otherwise
  state           text not null,  -- of an answer, as in reading; '' otherwise
  value           integer not null check (value between 0 and 5),  -- 1 to 5 where it is an answer, else 0
  words           text not null,  -- sealed
  audience        text not null check (audience in ('helpers', 'one', 'nobody')),  -- who may see it
  account_id      text not null,  -- whom alone, where audience is one; '' otherwise
  said_on         text not null,  -- day on which it was said
  said_at         text not null,  -- when it was said
  opened_at       text,           -- when it was opened to all who help; null while it was not
  reading_id      text not null,  -- the reading that an answer became when it was opened; '' while it is none
  primary key (authority, id),
  foreign key (authority, child_id) references child (authority, id),
  foreign key (authority, conversation_id) references conversation (authority, id)
) /*strict*/;
create index own_said_child on own_said (authority, child_id, said_at);

-- A drawing, a picture or a sound of own_said.
create table own_file (
  authority text not null,
  id        text not null,  -- of own_said
  child_id  text not null,
  kind      text not null check (kind in ('image/png', 'image/jpeg', 'audio/webm', 'audio/mp4', 'audio/mpeg', 'audio/wav')),  -- what it is
  size      integer not null,  -- bytes
  body      text not null,  -- what was sent, without what says where and by what it was made; sealed
  primary key (authority, id),
  foreign key (authority, id) references own_said (authority, id)
) /*strict*/;

-- "I am not safe", and who has it.
create table alert (
  authority       text not null,
  id              text not null,
  child_id        text not null,  -- the record
  how             text not null check (how in ('', 'call', 'message', 'here', 'not')),  -- how they can be reached; '' where they did not say
  words           text not null,  -- sealed; '' where nothing more was said
  language        text not null,  -- tag of the language of the page
  sent_at         text not null,  -- when they sent it
  acknowledged_at text,           -- null while nobody has it
  acknowledged_by text,           -- account that has it
  answer          text not null check (answer in ('', 'calling', 'coming', 'police', 'finding')),  -- what the young person is told; '' before
  closed_at       text,           -- null while it goes on
  closed_by       text,           -- account that ended it
  remark          text not null,  -- sealed; what was done
  primary key (authority, id),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;
create index alert_child on alert (authority, child_id, sent_at);
create index alert_open on alert (authority, sent_at) where closed_at is null;

-- Who was told of an alert, one after another.
create table alert_told (
  authority  text not null,
  alert_id   text not null,     -- the alert
  place      integer not null,  -- counts those who were told from 1
  account_id text not null,
  way        text not null check (way in ('duty', 'works', 'named', 'manages')),  -- why they were told
  round      integer not null,  -- which time those on duty are told, one after another
  told_at    text not null,     -- when they were told
  until_at   text not null,     -- when it goes to the next, where nobody has it by then
  primary key (authority, alert_id, place),
  foreign key (authority, alert_id) references alert (authority, id)
) /*strict*/;
create index alert_told_account on alert_told (authority, account_id, alert_id);

-- Who is on duty, in the order in which they are told.
create table duty (
  authority  text not null,
  place      integer not null,  -- 1 is told first
  account_id text not null,
  email      text not null,     -- where they are told by e-mail too; sealed; '' for nowhere
  primary key (authority, place),
  foreign key (authority, account_id) references account (authority, id)
) /*strict*/;

-- E-mails that wait to be sent. They all say the same, and are gone once they were sent.
create table mail (
  authority text not null,
  id        text not null,
  recipient text not null,     -- address; sealed
  made_at   text not null,     -- when somebody was to be told
  next_at   text not null,     -- when it is tried (again)
  tries     integer not null,  -- how often it was tried
  failed    text not null,     -- why the last try failed, in words that name nobody; '' where none did
  primary key (authority, id)
) /*strict*/;
create index mail_due on mail (authority, next_at);

-- What an authority sets for the young people's pages.
create table own_setting (
  authority     text not null references authority (code),
  alert_minutes integer not null check (alert_minutes between 1 and 60),  -- after which an alert goes to the next
  answer_days   integer not null check (answer_days between 1 and 60),    -- in which an ask is answered
  leave_to      text not null,  -- address of a harmless page to which Leave leads; '' for none
  numbers       text not null,  -- JSON array of {name, number, key}: numbers to call
  changed_at    text not null,  -- when it was set
  changed_by    text not null,  -- account that set it
  primary key (authority)
) /*strict*/;

-- "I want someone to do something about this".
create table ask (
  authority       text not null,
  id              text not null,
  child_id        text not null,  -- the record
  conversation_id text not null,  -- in which it was said
  outcome         text not null,  -- what it is about; '' for nothing special
  indicator       text not null,  -- '' where it is about no single one
  words           text not null,  -- what they want, as they wrote it
  language        text not null,  -- tag of the language of the page
  audience        text not null check (audience in ('helpers', 'one')),  -- who may see it
  owner           text not null,  -- account that answers; '' where nobody worked with them when it was asked
  asked_at        text not null,  -- when it was asked
  due_on          text not null,  -- last day for an answer
  seen_at         text,           -- when the owner first read it; null before
  seen_by         text,  -- account
  primary key (authority, id),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;
create index ask_child on ask (authority, child_id, asked_at);
create index ask_owner on ask (authority, owner, due_on);

-- Replies to an ask, one after another. The latest is what holds.
create table ask_reply (
  authority  text not null,
  ask_id     text not null,  -- of ask
  number     integer not null,  -- counts the replies from 1
  id         text not null,     -- made by the form: a reply that is sent twice is one
  child_id   text not null,     -- the record
  outcome    text not null check (outcome in ('done', 'partly', 'working', 'cannot')),  -- what came of it
  why        text not null check (why in ('', 'law', 'others', 'nothing', 'time', 'unsafe')),  -- why not; '' where it is not needed
  by_on      text not null,     -- by when it will be done; '' for none
  words      text not null,     -- what the worker wrote; '' for none
  language   text not null,     -- tag of the language of the words
  replied_at text not null,  -- when it was written
  replied_by text not null,  -- account
  read_at    text,              -- when the young person first saw it; null before
  helped     text not null check (helped in ('', 'yes', 'little', 'no')),  -- what the young person says of it; '' before
  helped_words text not null,   -- what the young person says beside it; '' for nothing
  helped_at  text,  -- when they said whether it helped; null before
  primary key (authority, ask_id, number),
  unique (authority, id),
  foreign key (authority, ask_id) references ask (authority, id)
) /*strict*/;
create index ask_reply_child on ask_reply (authority, child_id);

-- What will be done, as the young person reads it.
create table plan_step (
  authority text not null,
  id        text not null,
  child_id  text not null,  -- the record
  ask_id    text not null,  -- of which it came; '' for none
  words     text not null,  -- what will be done; '' where the words of the ask say it
  language  text not null,  -- tag of the language of the words
  owner     text not null,  -- account that does it
  by_on     text not null,  -- by when; '' for no day
  added_at  text not null,  -- when it was added
  added_by  text not null,  -- account
  done_on   text not null,  -- '' while it is not done
  ended_at  text,           -- when it was taken off the plan without being done; null while it stands
  primary key (authority, id),
  foreign key (authority, child_id) references child (authority, id)
) /*strict*/;
create index plan_step_child on plan_step (authority, child_id);

-- Words of the young people's pages and of the framework that an authority put in the
-- place of those that come with the program. The latest of a key and form holds.
create table wording (
  authority  text not null references authority (code),
  number     integer not null,  -- counts the authority's wordings from 1
  language   text not null,     -- tag
  name       text not null,     -- key of the text: 'page/leave', 'edition/working-2026/outcome.home'
  form       text not null,     -- plural form; '' for a text without
  words      text not null,  -- the text
  state      text not null check (state in ('machine', 'reviewed', 'tried')),  -- who has looked at it
  changed_at text not null,  -- when it was changed
  changed_by text not null,  -- account
  primary key (authority, number)
) /*strict*/;
create index wording_language on wording (authority, language, name);
