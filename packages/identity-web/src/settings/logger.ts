/** Receives log messages. They do not contain tokens or secrets. You can pass `console`. @public */
export interface Logger {
  /**
   * Logs details that help during development.
   *
   * @param message - A sentence without secrets.
   * @param details - Additional values by name.
   */
  debug?(message: string, details?: object): void
  /**
   * Logs normal events, such as sign-ins, and sign-ins that users cancelled.
   *
   * @param message - A sentence without secrets.
   * @param details - Additional values by name.
   */
  info?(message: string, details?: object): void
  /**
   * Logs events that an operator should investigate.
   *
   * @param message - A sentence without secrets.
   * @param details - Additional values by name, such as code, hint and correlation ID.
   */
  warn?(message: string, details?: object): void
  /**
   * Logs errors in the configuration and in functions of the application.
   *
   * @param message - A sentence without secrets.
   * @param details - Additional values by name.
   */
  error?(message: string, details?: object): void
}
