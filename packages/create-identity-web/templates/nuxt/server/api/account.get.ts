// By default, pages get only a few claims of the user. This route returns all of them.
export default auth.loginRequired((_event, { claims }) => ({
  name: nameOf(claims),
  claims: Object.entries(claims).map(([claim, value]) => ({ claim, text: show(value) })),
}))
