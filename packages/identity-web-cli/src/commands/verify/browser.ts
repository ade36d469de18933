/** A task for the person or the program in the browser. */
export interface Task<T> {
  /** The check that asks for it. */
  readonly id: string
  /** The instruction, in one or two sentences. */
  readonly text: string
  /** The change to suggest if the browser does not come back, or if an error does not contain a hint. */
  readonly change?: string | undefined
  /**
   * The pages of the task by their paths. The browser opens the first one. Then one of them calls `done` with the
   * result.
   */
  readonly pages: Readonly<Record<string, (done: (value: T) => Response) => Handler>>
}

export type Handler = (request: Request) => Response | Promise<Response>

/** A request of the browser or of the provider, after its response. */
export interface Seen {
  readonly path: string
  readonly status: number
  /** The `Location` of the response. */
  readonly location: string | undefined
}

/** The browser that signs in, at the origin of the redirect URI. */
export interface Browser {
  readonly origin: string
  /** The header `Cookie` of the browser. */
  readonly cookie: string
  readonly seen: readonly Seen[]
  /**
   * Opens the first page of a task, and waits for the result.
   *
   * @throws CheckError if the browser does not come back, or comes to an error page.
   */
  visit<T>(task: Task<T>): Promise<T>
}
