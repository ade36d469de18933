// The parts of Cloudflare's API that the store uses. The library does not depend on the types of Cloudflare.

/**
 * The methods of a Durable Object namespace that this library uses. A binding of type `DurableObjectNamespace` fits.
 *
 * @public
 */
export interface SessionObjectNamespace {
  /**
   * Returns the ID of an object.
   *
   * @param name - The name of the object.
   */
  idFromName(name: string): unknown
  /**
   * Returns a stub, which sends requests to an object.
   *
   * @param id - The ID of the object.
   * @param options - Where Cloudflare creates the object.
   */
  get(id: never, options?: never): SessionObjectStub
}

/**
 * The method of the stub of a Durable Object that this library uses.
 *
 * @public
 */
export interface SessionObjectStub {
  /**
   * Sends a request to the object.
   *
   * @param url - A URL. Only the object reads it.
   * @param init - The method and the body.
   */
  fetch(
    url: string,
    init: { readonly method: string; readonly body: string },
  ): Promise<{
    /** Returns the value that the body contains as JSON. */
    json(): Promise<unknown>
  }>
}

/**
 * The part of `DurableObjectState` that {@link IdentitySessions} uses.
 *
 * @public
 */
export interface SessionObjectState {
  /** The storage of the object. */
  readonly storage: SessionObjectStorage
}

/**
 * The part of `DurableObjectStorage` that {@link IdentitySessions} uses.
 *
 * @public
 */
export interface SessionObjectStorage {
  /** The SQLite database of the object. */
  readonly sql: {
    /**
     * Runs a statement.
     *
     * @param query - The statement.
     * @param bindings - The values of its parameters.
     */
    exec(
      query: string,
      ...bindings: (string | number)[]
    ): {
      /** Returns the rows of the result. */
      toArray(): object[]
    }
  }
  /**
   * Sets the time of the next alarm, and replaces an earlier alarm.
   *
   * @param time - The Unix time in milliseconds.
   */
  setAlarm(time: number): Promise<void>
}
