// Pages get only the name and a few other claims by default. This route returns all of them.
export default auth.loginRequired((_event, { claims }) => claims)
