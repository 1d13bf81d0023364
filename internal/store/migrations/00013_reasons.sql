-- +goose Up

-- Reasons and remarks join what is sealed: all of it is looked through again.
update keyring set sealed_at = '';
