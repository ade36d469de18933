/** An entry of a user's list. This example keeps the lists in memory. A real API uses a database. */
export interface Todo {
  readonly id: number
  readonly title: string
}

/** The claims that identify the user of a token. */
interface Owner {
  readonly iss: string
  readonly sub: string
  readonly tid?: string | undefined
  readonly oid?: string | undefined
}

const lists = new Map<string, Todo[]>()
let lastId = 0

export function todosOf(user: Owner): readonly Todo[] {
  return lists.get(keyOf(user)) ?? []
}

export function allTodos(): readonly Todo[] {
  return [...lists.values()].flat()
}

export function addTodo(user: Owner, title: string): Todo {
  const todo = { id: ++lastId, title }
  lists.set(keyOf(user), [...todosOf(user), todo])
  return todo
}

/**
 * Returns a permanent key of a user: the tenant and the object ID, or the issuer and `sub` at other providers. Names and
 * e-mail addresses can pass to another person.
 */
function keyOf({ tid, oid, iss, sub }: Owner): string {
  return tid !== undefined && oid !== undefined ? `${tid} ${oid}` : `${iss} ${sub}`
}
