export type { McpContext } from './auth-info.ts'
export { createMcpApi, type McpApi, type McpServices } from './create-mcp-api.ts'
export type * from './public-types.ts'
export {
  contextOfTool,
  createScopeChallenge,
  isToolExtra,
  requireScopes,
} from './scope-challenge.ts'
export { toSdkError, type SdkErrorClasses } from './sdk-errors.ts'
export { checkMcpRequirement } from './tools.ts'
