import { PlainPage } from '../../answers.js';
import type { Call, Route, SentAnswer } from '../../route.js';

const help = ({ now }: Call): SentAnswer => ({
  kind: 'page',
  body: (
    <PlainPage title="Hjælp" now={now}>
      <h2>Sådan arbejder du i Udvej</h2>
      <p>Mit arbejde viser det, der venter på dig. Åbn en sag, og se øverst, hvad der kan gøres nu. Det, der ikke kan gøres endnu, står nedenunder med grunden.</p>
      <p>Du ser kun de sager, hvor du er med i kredsen. Hver gang nogen åbner en sag, bliver det skrevet i sagens log.</p>
      <h2 id="genvejstaster">Genvejstaster</h2>
      <dl>
        <dt><kbd>g</kbd> <kbd>w</kbd></dt><dd>Mit arbejde</dd>
        <dt><kbd>g</kbd> <kbd>s</kbd></dt><dd>Sager</dd>
        <dt><kbd>n</kbd></dt><dd>Ny henvendelse</dd>
        <dt><kbd>/</kbd></dt><dd>Søg i mine sager</dd>
        <dt><kbd>Alt</kbd> <kbd>Shift</kbd> <kbd>S</kbd></dt><dd>Skjul skærmen</dd>
      </dl>
      <p>Genvejstaster kan slås fra med <kbd>?</kbd>.</p>
      <p><a href="/">Tilbage til Mit arbejde</a></p>
    </PlainPage>
  ),
});

const accessibility = ({ now }: Call): SentAnswer => ({
  kind: 'page',
  body: (
    <PlainPage title="Tilgængelighedserklæring" now={now}>
      <p>Udvej skal kunne bruges af alle medarbejdere: med tastatur, skærmlæser, forstørrelse til 200 procent og på en skærm på 320 pixel.</p>
      <p>Siderne prøves automatisk efter WCAG 2.2 niveau A og AA. Møder du noget, der ikke virker for dig, så skriv til din myndigheds driftsansvarlige.</p>
      <p>Den myndighed, der bruger Udvej, offentliggør sin egen erklæring.</p>
      <p><a href="/">Tilbage til Mit arbejde</a></p>
    </PlainPage>
  ),
});

const page = (path: Route['path'], purpose: string, handle: (call: Call) => SentAnswer): Route => ({ method: 'GET', path, permission: 'public', purpose, audit: 'none: no case data', rate: 'unlimited', handle });

export const plainPages: readonly Route[] = [page('/hjaelp', 'help', help), page('/tilgaengelighed', 'accessibility', accessibility)];
