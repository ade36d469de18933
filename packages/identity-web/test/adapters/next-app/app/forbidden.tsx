// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default function Forbidden() {
  return <p role="alert">forbidden</p>
}
