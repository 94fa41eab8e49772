-- The page of a year asks for the patrons of its cluster.
create index posts_cluster_idx on posts (cluster_id) where cluster_id is not null;
