import { IdentityError } from 'identity-web'

interface Owner<Request> {
  contextOf(request: Request): { readonly kind: string }
}

/** Returns the kind of the context that each of two objects has stored on a request, or the code of its error. */
export function contextsOf<Request>(
  { auth, api }: { readonly auth: Owner<Request>; readonly api: Owner<Request> },
  request: Request,
): { readonly auth: string; readonly api: string } {
  return { auth: kindOf(auth, request), api: kindOf(api, request) }
}

function kindOf<Request>(owner: Owner<Request>, request: Request): string {
  try {
    return owner.contextOf(request).kind
  } catch (error) {
    return IdentityError.is(error) ? error.code : String(error)
  }
}
