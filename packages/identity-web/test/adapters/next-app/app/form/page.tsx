import { send } from './actions.ts'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default function Form() {
  return (
    <form action={send}>
      <input name="text" />
    </form>
  )
}
