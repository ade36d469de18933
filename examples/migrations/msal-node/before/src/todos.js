const lists = new Map()

export const todosOf = (owner) => lists.get(owner) ?? []

export const allTodos = () => [...lists.values()].flat()

export function addTodo(owner, title) {
  const todo = { title: String(title) }
  lists.set(owner, [...todosOf(owner), todo])
  return todo
}
