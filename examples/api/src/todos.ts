/** Enough to show whose a todo is; a real API has a database here. */
export interface Todo {
  readonly id: number
  readonly title: string
}

/** What the API knows of the user of a token. */
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

/** Tenant and object id name a user for good; names and e-mail addresses change hands. Other providers have `sub`. */
function keyOf({ tid, oid, iss, sub }: Owner): string {
  return tid !== undefined && oid !== undefined ? `${tid} ${oid}` : `${iss} ${sub}`
}
