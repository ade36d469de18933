import { keepInAction } from './actions.ts'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default function Form() {
  return (
    <form action={keepInAction}>
      <input name="text" />
    </form>
  )
}
