-- What an issued paper says as data, so that pages show it as it looks; of papers issued before, only the files and the words are kept.
create table document_contents (
    document_id uuid  constraint document_contents_pkey primary key constraint document_contents_document_fkey references documents,
    contents    jsonb not null
);
create trigger document_contents_append_only before update or delete on document_contents for each row execute function refuse_change();
