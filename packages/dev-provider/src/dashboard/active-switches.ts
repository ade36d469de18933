import { isDeepStrictEqual } from 'node:util'
import type { Behaviour } from '../controls/behaviour.js'
import { isUsedUp } from '../controls/faults.js'
import type { ProviderContext } from '../state/context.js'
import {
  CHALLENGES,
  challengeOf,
  CHOICE_SWITCHES,
  describeFault,
  FAULTY_ENDPOINTS,
  NUMBER_SWITCHES,
} from './switch-table.js'

/** A switch that differs from its value at the start. */
export interface ActiveSwitch {
  /** The value of the button that turns it off. */
  readonly id: string
  readonly label: string
  readonly state: string
}

/** Returns the switches that differ from their values at the start. */
export function activeSwitches({
  behaviour,
  startBehaviour: start,
  clockShiftSeconds,
}: ProviderContext): readonly ActiveSwitch[] {
  const clock =
    clockShiftSeconds === 0
      ? []
      : [{ id: 'clock', label: 'Clock of the provider', state: secondsOf(clockShiftSeconds) }]
  // Most requests happen while no switch is on.
  if (isDeepStrictEqual(behaviour, start)) return clock
  const challenge = challengeOf(behaviour)
  return [
    ...clock,
    ...activeFaults(behaviour, start),
    ...NUMBER_SWITCHES.filter(({ name }) => behaviour[name] !== start[name]).map(
      ({ name, label }) => ({ id: name, label, state: secondsOf(behaviour[name]) }),
    ),
    ...CHOICE_SWITCHES.filter(({ name }) => behaviour[name] !== start[name]).map(
      ({ name, label, choices }) => ({
        id: name,
        label,
        state: choices.find(([value]) => value === behaviour[name])?.[1] ?? String(behaviour[name]),
      }),
    ),
    ...(isDeepStrictEqual(behaviour.deviations, start.deviations)
      ? []
      : [
          {
            id: 'deviations',
            label: 'Deviations',
            state: behaviour.deviations.join(', ') || 'none',
          },
        ]),
    ...(challenge === challengeOf(start) && behaviour.graphClaims === start.graphClaims
      ? []
      : [{ id: 'graphClaims', label: 'Claims challenge of Graph', state: CHALLENGES[challenge] }]),
  ]
}

function activeFaults(
  { faults }: Readonly<Behaviour>,
  start: Readonly<Behaviour>,
): readonly ActiveSwitch[] {
  return FAULTY_ENDPOINTS.flatMap(([endpoint, label]) => {
    const fault = faults[endpoint]
    const isStart = isDeepStrictEqual(fault, start.faults[endpoint])
    const isOn = fault !== undefined && !isUsedUp(fault)
    if (isStart || (!isOn && start.faults[endpoint] === undefined)) return []
    return [{ id: `faults.${endpoint}`, label, state: isOn ? describeFault(fault) : 'works' }]
  })
}

function secondsOf(value: number | undefined): string {
  return value === undefined ? 'off' : `${value} s`
}
