// The settings of the three programs. `.env.example` describes the variables.
const { env } = process

export const todosApi = env.TODOS_API ?? 'http://localhost:5200'
export const todosApiId = env.TODOS_API_ID ?? 'api://todos.contoso.example'
