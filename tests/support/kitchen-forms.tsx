import { SubmitButton } from '../../src/web/ui/buttons.js';
import {
  Checkbox,
  DateField,
  FieldGroup,
  Form,
  Hidden,
  SubmitLine,
  TextArea,
  TextField,
  TimeField,
} from '../../src/web/ui/form.js';
import { Layout, PageHead } from '../../src/web/ui/layout.js';
import { SchemaForm } from '../../src/web/ui/schema-form.js';
import { SearchField } from '../../src/web/ui/search-field.js';
import { everyFieldSchema } from './every-field.js';
import { HOSTILE, NAV, NOW } from './kitchen-frame.js';

const MEMBERS = [
  { value: 'u-1', label: 'Sanne Thorup' },
  { value: 'u-2', label: HOSTILE },
];
/** A form with a field of every kind and an error at most of them, and one drawn by hand. */
export const Forms = () => (
  <>
    <SchemaForm
      schema={everyFieldSchema}
      action="/send"
      csrf="token"
      idempotencyKey="key-1"
      idPrefix="alt"
      submit="Send til enheden"
      cancelHref="/"
      choices={{ member: MEMBERS }}
      values={{
        name: HOSTILE,
        contact: HOSTILE,
        reasons: [HOSTILE],
        precautions: [{ worker: 'u-2', text: HOSTILE }],
        measure: HOSTILE,
        evidence: { signedOn: '32. november' },
      }}
      errors={{
        home: 'Vælg den kommune, personen bor i',
        kinds: 'Vælg mindst én slags',
        'evidence.signedOn': 'Skriv en dato, der findes',
        receivedAt: 'Skriv, hvornår det var',
        'precautions.0.text': 'Teksten er for lang',
        urgent: 'Vælg, om det haster',
      }}
      refusal={{ message: 'Samtykket skal være givet, før aftalen kan indgås.', rule: 'FM-CON-1' }}
      consequence="Enheden får henvendelsen i sin indbakke."
    />
    <Form action="/note" csrf="token" idPrefix="note" class="act-form" label="Notat">
      <Hidden name="kind" value={HOSTILE} />
      <TextField name="name" label="Overskrift" required value={HOSTILE} />
      <TextArea name="text" label="Notat" hint="Ét emne ad gangen." value={HOSTILE} />
      <FieldGroup legend="Hvornår var det?">
        <div class="form-pair">
          <DateField name="day" label="Dato" value="2026-11-23" />
          <TimeField name="time" label="Klokken" value="10.25" />
        </div>
      </FieldGroup>
      <Checkbox name="phone" label="Telefonnotat" hint="Taget, mens du talte." error="Vælg" checked />
      <SubmitLine text="Kredsen kan læse det.">
        <SubmitButton name="then" value="stay">
          Gem notatet
        </SubmitButton>
      </SubmitLine>
    </Form>
  </>
);

/** An inquiry that is compared with one's own cases while it is written. */
export const SearchSink = ({ found }: { readonly found: string }) => (
  <Layout
    title="Ny henvendelse"
    nav={NAV}
    csrf="token"
    now={NOW}
    user={{ name: 'Jonas Bækgaard', authorityName: 'Ishøj Kommune', functions: ['municipal_exit'] }}
  >
    <PageHead title="Ny henvendelse" />
    <Form action="/send" csrf="token" class="act-form">
      <SearchField name="name" label="Navn" action="/ligner" button="Søg i mine sager" found={found} />
      <SubmitLine>
        <SubmitButton>Send til enheden</SubmitButton>
      </SubmitLine>
    </Form>
  </Layout>
);
