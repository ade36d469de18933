import type { GroupConfig } from './config.js'

/** Robin's groups in the default configuration. */
export const defaultGroups: readonly GroupConfig[] = [
  {
    id: '90000000-0000-4000-8000-000000000021',
    name: 'Todo Approvers',
    description: 'Approves the tasks of the other teams',
  },
  {
    id: '90000000-0000-4000-8000-000000000022',
    name: 'Product Team',
    description: 'Everyone who works on the product',
  },
]
