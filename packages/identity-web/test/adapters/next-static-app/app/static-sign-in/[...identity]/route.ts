import { auth } from '../../../auth.ts'

export const dynamic = 'force-static'
export const generateStaticParams = (): { identity: string[] }[] => [{ identity: ['login'] }]

export const { GET } = auth.handlers
