import { LoginRequired } from 'identity-web/browser'
import { useSession } from 'identity-web/react'
import { useEffect, useState, type FormEvent } from 'react'
import { takeDraft, keepDraft } from './draft.ts'

interface Todo {
  readonly id: number
  readonly title: string
}

/** What the page says instead of the list or above it. */
type Problem = { readonly loginUrl: string } | { readonly message: string }

export function Todos() {
  const { fetch, login, status } = useSession()
  const [todos, setTodos] = useState<readonly Todo[]>()
  const [title, setTitle] = useState(takeDraft)
  const [problem, setProblem] = useState<Problem>()

  async function call<Body>(init?: RequestInit): Promise<Body | undefined> {
    try {
      const response = await fetch('/api/todos', init)
      if (!response.ok) throw new Error(`The API returned status ${response.status}.`)
      setProblem(undefined)
      return (await response.json()) as Body
    } catch (error) {
      if (error instanceof LoginRequired) setProblem({ loginUrl: error.loginUrl })
      else setProblem({ message: 'The list is not available now. Try again later.' })
      return undefined
    }
  }

  useEffect(() => {
    void call<readonly Todo[]>().then(setTodos)
    // Once: the list changes only on this page.
  }, [])

  async function add(event: FormEvent) {
    event.preventDefault()
    const headers = { 'content-type': 'application/json' }
    const added = await call<Todo>({ method: 'POST', headers, body: JSON.stringify({ title }) })
    if (added === undefined) return
    setTodos((known = []) => [...known, added])
    setTitle('')
    keepDraft('')
  }

  function signIn() {
    keepDraft(title)
    void login(problem && 'loginUrl' in problem ? { loginUrl: problem.loginUrl } : {})
  }

  const mustSignIn = status === 'expired' || (problem !== undefined && 'loginUrl' in problem)
  return (
    <>
      <h1>Your todos</h1>
      {mustSignIn ? (
        <div className="notice" role="alert">
          <p>
            {todos === undefined
              ? 'Your list needs your consent.'
              : 'You were signed out. Your text is still here.'}
          </p>
          <button onClick={signIn}>{todos === undefined ? 'Continue' : 'Sign in again'}</button>
        </div>
      ) : (
        problem &&
        'message' in problem && (
          <p className="notice" role="alert">
            {problem.message}
          </p>
        )
      )}
      <form onSubmit={(event) => void add(event)}>
        <label htmlFor="title">New todo</label>
        <div className="row">
          <input
            id="title"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            maxLength={200}
            required
            autoComplete="off"
          />
          <button disabled={mustSignIn}>Add</button>
        </div>
      </form>
      {todos?.length === 0 && <p>Your list is empty.</p>}
      <ul className="todos">
        {todos?.map((todo) => (
          <li key={todo.id}>{todo.title}</li>
        ))}
      </ul>
    </>
  )
}
