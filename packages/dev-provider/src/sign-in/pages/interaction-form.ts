import type { Interaction } from '../../state/interaction.js'
import { html, type Html } from './html.js'

/** The form of a sign-in page, which posts to the interaction. */
export const interactionForm: {
  actionOf(interaction: Interaction): string
  wrap(interaction: Interaction, content: Html): Html
  targets(interaction: Interaction): readonly string[]
} = {
  actionOf: ({ id, profile }) => `/${profile.key}/interaction/${id}`,
  wrap: (interaction, content) =>
    html`<form method="post" action="${interactionForm.actionOf(interaction)}">${content}</form>`,
  targets: ({ purpose }) =>
    purpose.kind === 'authorize' ? [purpose.request.responseTarget.redirectUri] : [],
}
