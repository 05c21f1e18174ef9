"""Speech for every door: engines, talks, and what is likely to be said."""
