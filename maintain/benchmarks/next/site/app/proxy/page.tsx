import { NAME } from '../../name.ts'

export const dynamic = 'force-dynamic'

// oxlint-disable-next-line import/no-default-export -- Next.js requires it
export default function Page() {
  return <p>Hello, {NAME}</p>
}
