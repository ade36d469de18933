// It stands for the database of the users.
const users = []

exports.findByOid = (oid, done) =>
  done(
    null,
    users.find((user) => user.oid === oid),
  )

exports.save = (user, done) => {
  users.push(user)
  done(null, user)
}
