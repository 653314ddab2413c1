"""Lists of participants that platforms of webinars give: brought, matched with people, looked through, marked from."""
