import { deviationNames } from '../controls/deviations.js'
import type { Fault } from '../controls/behaviour.js'
import { isUsedUp } from '../controls/faults.js'
import { html, type Html } from '../sign-in/pages/html.js'
import type { ProviderContext } from '../state/context.js'
import {
  CHALLENGES,
  challengeOf,
  CHOICE_SWITCHES,
  describeFault,
  FAULT_CHOICES,
  FAULTY_ENDPOINTS,
  NUMBER_SWITCHES,
} from './switch-table.js'

/** The failures of each endpoint. */
export function endpointsCard({ behaviour }: ProviderContext): Html {
  return card(
    'Endpoints',
    html`
      <p class="soft small">Press a button to make an endpoint fail.</p>
      <form method="post" action="/dev/switches">
        <label class="check-line"
          ><input type="checkbox" name="once" /> Only the next request</label
        >
        ${FAULTY_ENDPOINTS.map(([endpoint, label]) => {
          const fault = behaviour.faults[endpoint]
          const active = fault !== undefined && !isUsedUp(fault) ? fault : undefined
          return group(label, undefined, [
            choiceButton(`faults.${endpoint}`, 'works', 'Works', active === undefined),
            ...Object.entries(FAULT_CHOICES).map(([value, choice]) =>
              choiceButton(
                `faults.${endpoint}`,
                value,
                choice.label,
                isSame(active, choice.fault),
                true,
              ),
            ),
            ...(active === undefined || isListed(active)
              ? []
              : [html`<span class="tag warn">${describeFault(active)}</span>`]),
            ...(active?.times === undefined || !isListed(active)
              ? []
              : [html`<span class="tag">only the next request</span>`]),
          ])
        })}
      </form>
    `,
  )
}

function isListed(fault: Fault): boolean {
  return Object.values(FAULT_CHOICES).some((choice) => isSame(fault, choice.fault))
}

/** Compares failures without the number of requests. */
function isSame(left: Fault | undefined, right: Fault): boolean {
  if (left?.kind !== right.kind) return false
  return left.kind !== 'status' || right.kind !== 'status' || left.status === right.status
}

/** Lifetimes, the clock and other numbers. */
export function timesCard({ behaviour }: ProviderContext): Html {
  return card(
    'Times',
    html`
      <p class="soft small">All times are in seconds. Existing tokens do not change.</p>
      <form method="post" action="/dev/switches">
        <div class="numbers">
          ${NUMBER_SWITCHES.map(
            ({ name, label, help, min }) =>
              html`<div>
                <label for="${name}">${label}</label>
                <input
                  id="${name}"
                  name="${name}"
                  type="number"
                  step="1"
                  min="${min}"
                  aria-describedby="${name}-help"
                  value="${behaviour[name] ?? ''}"
                  ${name !== 'refreshInSeconds' && { html: 'required' }}
                />
                <small id="${name}-help">${help}</small>
              </div>`,
          )}
        </div>
        <div class="buttons"><button class="primary">Save</button></div>
      </form>
    `,
  )
}

/** Switches with a few values. */
export function behaviorCard({ behaviour }: ProviderContext): Html {
  const challenge = challengeOf(behaviour)
  return card(
    'Behavior',
    html`
      <form method="post" action="/dev/switches">
        ${group(
          'Claims challenge',
          'Graph rejects existing tokens.',
          Object.entries(CHALLENGES).map(([value, label]) =>
            choiceButton('graphClaims', value, label, value === challenge, value !== 'off'),
          ),
        )}
        ${CHOICE_SWITCHES.map(({ name, label, help, choices: list }) =>
          group(
            label,
            help,
            list.map(([value, text]) =>
              choiceButton(name, String(value), text, behaviour[name] === value),
            ),
          ),
        )}
      </form>
    `,
  )
}

/** Differences from the real provider. The banner switches them off. */
export function deviationsCard({ behaviour }: ProviderContext): Html {
  const choices = deviationNames().filter((name) => !behaviour.deviations.includes(name))
  return card(
    'Deviations',
    html`
      <p class="soft small">Let the provider differ from the real one in one place.</p>
      <form method="post" action="/dev/switches">
        <label for="deviation" class="small">Deviation</label>
        <select id="deviation" name="deviation">
          ${choices.map((name) => html`<option value="${name}">${name.replaceAll('-', ' ')}</option>`)}
        </select>
        <div class="buttons"><button>Switch on</button></div>
      </form>
    `,
  )
}

/** Revokes, expires and ends the sign-ins of users. */
export function usersCard({ store }: ProviderContext): Html {
  return card(
    'Users',
    html`
      <form method="post" action="/dev/switches">
        <label for="user" class="small">User</label>
        <select id="user" name="user">
          ${store.users
            .all()
            .map(
              ({ username, name }) =>
                html`<option value="${username}">${name} (${username})</option>`,
            )}
        </select>
        <div class="buttons">
          <button name="action" value="revoke">Revoke refresh tokens</button>
          <button name="action" value="expire">Expire refresh tokens</button>
          <button name="action" value="sign-out">Sign out everywhere</button>
        </div>
        <p class="soft small">
          "Revoke refresh tokens" works like "Revoke sessions" in the Azure portal. "Sign out
          everywhere" also sends logout tokens.
        </p>
        <div class="buttons">
          <button name="action" value="sign-out-all">Sign out all users</button>
        </div>
      </form>
    `,
  )
}

/** Replaces keys, and resets the provider. */
export function stateCard(): Html {
  return card(
    'Keys and state',
    html`
      <form method="post" action="/dev/switches">
        <div class="buttons">
          <button name="action" value="roll-keys">Add new keys</button>
          <button name="action" value="replace-keys">Replace all keys</button>
        </div>
        <p class="soft small">"Replace all keys" makes all existing tokens invalid.</p>
        <div class="buttons">
          <button name="action" value="reset-switches">Reset all switches</button>
          <button name="action" value="reset-all">Reset everything</button>
        </div>
        <p class="soft small">
          "Reset everything" also removes sessions, consents, tokens, new accounts and recorded
          requests.
        </p>
      </form>
    `,
  )
}

function card(title: string, content: Html): Html {
  const id = title.toLowerCase().replaceAll(' ', '-')
  return html`<section class="card" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`
}

function group(label: string, help: string | undefined, buttons: readonly Html[]): Html {
  return html`<div class="switch-row" role="group" aria-label="${label}">
    <span class="label">${label}${help !== undefined && html`<small>${help}</small>`}</span>
    <span class="choices">${buttons}</span>
  </div>`
}

function choiceButton(
  name: string,
  value: string,
  label: string,
  isPressed: boolean,
  isFault = false,
): Html {
  return html`<button
    name="${name}"
    value="${value}"
    aria-pressed="${String(isPressed)}"
    class="${isFault ? 'is-fault' : ''}"
  >
    ${label}
  </button>`
}
