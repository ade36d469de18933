export {
  IdentityError,
  isIdentityError,
  type IdentityErrorCode,
  type IdentityErrorDetails,
} from './errors.ts'
