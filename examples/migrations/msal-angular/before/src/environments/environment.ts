export const environment = {
  clientId: '11111111-2222-4333-8444-555555555555',
  authority: 'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001',
  knownAuthorities: [] as string[],
  todos: {
    url: 'http://localhost:3001/todos',
    scopes: ['api://todos.contoso.example/Todos.ReadWrite'],
  },
  graph: { url: 'https://graph.microsoft.com/v1.0', scopes: ['User.Read'] },
}
