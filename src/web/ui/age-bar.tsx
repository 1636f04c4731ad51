const WIDTH = 120;
const HEIGHT = 8;
const YEAR = 365;

/** How long something has lasted, drawn: the whole bar is two years, the stroke in its middle is one. The number stands beside it, so it is nothing to listen to. @param days none or more */
export const AgeBar = ({ days }: { readonly days: number }) => (
  <svg class="agebar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
    <rect class="track" width={WIDTH} height={HEIGHT} />
    <rect class={days > YEAR ? 'fill old' : 'fill'} width={Math.round(Math.min(1, Math.max(0, days) / (2 * YEAR)) * WIDTH * 10) / 10} height={HEIGHT} />
    <path class="tick" d={`M${WIDTH / 2} 0V${HEIGHT}`} />
  </svg>
);
