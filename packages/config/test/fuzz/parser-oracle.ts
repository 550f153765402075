import { startOracle } from '../../../../fuzz/python.ts';
import type { Oracle } from '../../../../fuzz/python.ts';

/** What a file says: its sections in order with their options, those of [DEFAULT] first. */
export type Said =
  | { readonly sections: readonly (readonly [string, readonly (readonly [string, string])[]])[] }
  | { readonly error: string };

/** The parser that supervisord reads its file by; it reads from memory as from a file. */
const program = `
import base64, io, json, sys
from supervisor.options import UnhosedConfigParser

for question in sys.stdin:
    text = io.TextIOWrapper(io.BytesIO(base64.b64decode(json.loads(question))), encoding='utf-8')
    parser = UnhosedConfigParser()
    try:
        parser.read_file(text, source='x.conf')
        sections = [('DEFAULT', parser._defaults)] + list(parser._sections.items())
        answer = {'sections': [[name, list(keys.items())] for name, keys in sections]}
    except ValueError as why:
        answer = {'error': str(why)}
    except Exception as why:
        answer = {'error': str(why)}
    print(json.dumps(answer), flush=True)
`;

export const startParser = (): Oracle => startOracle(program);
