"""Everything about chat and nothing about mentoring: declare, bind, dispatch, reply."""
