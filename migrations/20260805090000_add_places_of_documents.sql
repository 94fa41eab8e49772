-- The cluster that a paper of a unit or of VUSTA is about: its patron reads it. What was issued before keeps none.
alter table documents add column about_cluster_id uuid constraint documents_about_cluster_fkey references clusters;
create index documents_about_cluster_idx on documents (about_cluster_id);
