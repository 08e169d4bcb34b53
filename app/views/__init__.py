"""One file per page; each is a short script that Streamlit runs."""
