import { startOracle } from '../../../../fuzz/python.ts';
import type { Oracle } from '../../../../fuzz/python.ts';

/**
 * Reads requests as supervisord does, and responses as a Python client does. The values come back in the form of
 * plain-values.ts.
 */
const program = `
import base64, datetime, json, sys, xmlrpc.client
from supervisor.xmlrpc import supervisor_xmlrpc_handler

handler = supervisor_xmlrpc_handler.__new__(supervisor_xmlrpc_handler)

def plain(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {'int': str(value)}
    if isinstance(value, float):
        return {'double': repr(value)}
    if isinstance(value, datetime.datetime):
        return {'time': value.strftime('%Y-%m-%d %H:%M:%S')}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if any(not isinstance(key, str) for key in value):
        raise ValueError('a key that is no text')
    return {'struct': [[key, plain(value[key])] for key in sorted(value)]}

def request(body):
    params, method = handler.loads(body.decode('utf-8'))
    if not method:
        return {'error': 'no method name'}
    if not isinstance(method, str):
        raise ValueError('a name that is no text')
    return {'method': method, 'params': plain(params or ())}

def response(body):
    try:
        (value,), _ = xmlrpc.client.loads(body)
    except xmlrpc.client.Fault as fault:
        return {'fault': [plain(fault.faultCode), plain(fault.faultString)]}
    return {'value': plain(value)}

for line in sys.stdin:
    kind, body = json.loads(line)
    try:
        answer = {'request': request, 'response': response}[kind](base64.b64decode(body))
    except Exception as why:
        answer = {'error': 'unmarshallable'}
    print(json.dumps(answer), flush=True)
`;

export const startReader = (): Oracle => startOracle(program);
