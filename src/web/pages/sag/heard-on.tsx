import { heardOn } from '../../../app/heard-on.js';
import { Typed } from './act-links.js';
import type { CaseCall } from './case-page.js';

/** Beside the form of a position that may refuse: what the candidate was heard on, as far as the unit sent it along. A refusal on anything else is one he could not answer (FM-LAW-1, FM-DEC-1). */
export const HeardOn = ({ on: { opened }, question }: { readonly on: CaseCall; readonly question: unknown }) => {
  const heard = heardOn(opened, question);
  return (
    <section class="asked mt-4" aria-labelledby="hoert-om">
      <h3 id="hoert-om">Hvad er kandidaten hørt om?</h3>
      {heard.length === 0
        ? <p>Enheden har ikke sendt partshøringen med. Er du i tvivl om, hvad kandidaten er hørt om, så spørg enheden, før du giver afslag.</p>
        : <><p>Et afslag kan kun bygge på det, kandidaten har kunnet svare på.</p>{heard.map((text) => <Typed key={text} text={text} />)}</>}
    </section>
  );
};
