import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';
import type { IconName } from './icon.js';

/**
 * What a badge says about a thing, never about a person:
 * done (Afgivet, Tiltrådt, I gang) · mine or decided (Din kladde, Bevilget) · soon · changed · late (For sent, Haster) ·
 * waiting · absent, not there yet (Ikke afgivet, Foreslået) · ended (Afsluttet) · guard (Adressebeskyttet).
 */
export type BadgeKind = 'done' | 'mine' | 'decided' | 'soon' | 'changed' | 'late' | 'waiting' | 'absent' | 'ended' | 'guard';

const LOOKS: Readonly<Record<BadgeKind, { readonly tint?: string; readonly icon: IconName }>> = {
  done: { tint: 'is-ok', icon: 'check' },
  mine: { tint: 'is-mine', icon: 'edit' },
  decided: { tint: 'is-mine', icon: 'check' },
  soon: { tint: 'is-soon', icon: 'time' },
  changed: { tint: 'is-soon', icon: 'edit' },
  late: { tint: 'is-late', icon: 'error' },
  waiting: { icon: 'hourglass' },
  absent: { tint: 'is-open', icon: 'hourglass' },
  ended: { icon: 'success' },
  guard: { tint: 'is-guard', icon: 'lock' },
};

/** Icon, word and tint together, so that none of them carries the meaning alone. */
export const Badge = ({
  kind,
  icon,
  children,
}: {
  readonly kind: BadgeKind;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}) => {
  const look = LOOKS[kind];
  return (
    <span class={look.tint === undefined ? 'badge' : `badge ${look.tint}`}>
      <Icon name={icon ?? look.icon} />
      {children}
    </span>
  );
};
