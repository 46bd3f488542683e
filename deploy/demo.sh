#!/usr/bin/env bash
# Breaks a pod of the simulated cluster, posts the alert that Alertmanager would post for it, and shows what InfraAI does.
set -euo pipefail

home="${1:?the data directory}"
shift
port=8080
while [ $# -gt 0 ]; do
  case "$1" in
    --port) port="${2:?--port wants a number}"; shift 2 ;;
    *) echo "infraai: '$1' is not an option of demo; it knows --port N" >&2; exit 2 ;;
  esac
done
url="http://localhost:$port"
key_file="${INFRAAI_ADMIN_KEY_FILE:-$home/admin.key}"

die() {
  printf 'infraai: %s\n' "$1" >&2
  exit 1
}

command -v curl >/dev/null 2>&1 || die "the demo needs curl"
command -v python3 >/dev/null 2>&1 || die "the demo needs python3, to read JSON"
[ -r "$key_file" ] || die "no key in $key_file. Is it running? Start it with ./infraai up"

# The key goes by file, so that no list of processes shows it.
api() {
  local method="$1" path="$2"
  shift 2
  curl -sS --fail-with-body -X "$method" -H "@$headers" -H 'Content-Type: application/json' "$url$path" "$@"
}

# Evaluates a Python expression over the JSON on standard input, as `it`.
pick() {
  python3 -c 'import json,sys; it=json.load(sys.stdin); print(eval(sys.argv[1]))' "$1"
}

say() {
  printf '\n\033[1m%s\033[0m\n' "$1"
}

headers="$(mktemp)"
trap 'rm -f "$headers"' EXIT
printf 'X-API-KEY: %s\n' "$(cat "$key_file")" >"$headers"

status="$(api GET /api/status)" || die "nothing answers at $url. Start it with ./infraai up"
cluster="$(printf '%s' "$status" | pick "it.get('simulated', {}).get('kubernetes', '')")"
[ -n "$cluster" ] || die "this installation acts on a real cluster; the demo breaks things only in a simulated one"

say "1. A policy: restart a pod that crashes in a loop"
policy='{"name":"Restart crashed pod","priority":10,"mode":"auto",
  "condition":{"labels":{"alertname":"PodCrashLoop"},"status":"firing"},
  "action":{"tool":"restart_pod","params":{"pod_name":"${label.pod_name}","namespace":"${label.namespace}"}},
  "limits":{"cooldown":"1s","per_target_per_day":5}}'
known="$(api GET /api/policies | pick "[p['id'] for p in it['items'] if p['name'] == 'Restart crashed pod'][:1]")"
if [ "$known" = "[]" ]; then
  api POST /api/policies -d "$policy" | pick "'saved as policy %s, mode %s' % (it['id'], it['mode'])"
else
  echo "there already: policy $known"
fi

say "2. A pod of the simulated cluster breaks"
pod="$(curl -sS "$cluster/api/v1/namespaces/shop/pods" |
  pick "[p['metadata']['name'] for p in it['items'] if p['metadata']['name'].startswith('cart-') and not p['metadata'].get('deletionTimestamp')][0]")"
curl -sS -X POST "$cluster/simulator/break" -H 'Content-Type: application/json' \
  -d "{\"namespace\":\"shop\",\"pod\":\"$pod\",\"how\":\"CrashLoopBackOff\",\"heals\":\"restart\"}" >/dev/null
echo "shop/$pod is in CrashLoopBackOff"

say "3. Alertmanager posts its alert"
now="$(date -u +%Y-%m-%dT%H:%M:%SZ)"
alert="{\"status\":\"firing\",\"labels\":{\"alertname\":\"PodCrashLoop\",\"namespace\":\"shop\",\"pod_name\":\"$pod\",\"severity\":\"critical\"},
  \"annotations\":{\"summary\":\"Pod $pod restarts over and over\"},\"startsAt\":\"$now\",\"endsAt\":\"0001-01-01T00:00:00Z\",
  \"generatorURL\":\"http://prometheus.example.com/graph\",\"fingerprint\":\"d3b0c44298fc1c14\"}"
api POST /api/alerts -d "{\"version\":\"4\",\"groupKey\":\"{}:{alertname=\\\"PodCrashLoop\\\"}\",\"truncatedAlerts\":0,\"status\":\"firing\",
  \"receiver\":\"infraai\",\"groupLabels\":{\"alertname\":\"PodCrashLoop\"},\"commonLabels\":{},\"commonAnnotations\":{},
  \"externalURL\":\"http://alertmanager.example.com\",\"alerts\":[$alert]}"
echo

say "4. What InfraAI made of it"
for _ in $(seq 1 60); do
  episode="$(api GET "/api/alerts?label=pod_name=$pod&limit=1" | pick "json.dumps(it['items'][0]) if it['items'] else ''")"
  state="$(printf '%s' "${episode:-null}" | pick "it['tasks'][0]['state'] if it and it['tasks'] else 'none'")"
  case "$state" in done | failed | in_doubt | dead | expired | cancelled) break ;; esac
  sleep 0.25
done
printf '%s' "$episode" | pick "'\n'.join('decision: policy %s %s: %s' % (d['policy_id'], d['outcome'], d['reason']) for d in it['decisions'])"
task="$(printf '%s' "$episode" | pick "it['tasks'][0]['id'] if it['tasks'] else ''")"
[ -n "$task" ] || die "no task came of it; the decisions above say why"
api GET "/api/tasks/$task" | pick "'\n'.join(['task %s: %s on %s' % (it['id'], it['tool'], it['target'])]
  + ['  %s  %-10s %s' % (j['created_at'], j['status'], j['result']) for j in it['journal']])"

say "5. The cluster now"
for _ in $(seq 1 40); do
  pods="$(curl -sS "$cluster/api/v1/namespaces/shop/pods" |
    pick "'\n'.join('%-28s %-10s ready %s' % (p['metadata']['name'], p['status']['phase'], all(c['ready'] for c in p['status']['containerStatuses'])) for p in it['items'] if p['metadata']['name'].startswith('cart-'))")"
  case "$pods" in *"$pod"* | *"ready False"*) sleep 0.25 ;; *) break ;; esac
done
echo "$pods"

say "6. Prometheus sees it, and the alert resolves"
api POST /api/alerts -d "{\"version\":\"4\",\"status\":\"resolved\",\"receiver\":\"infraai\",\"alerts\":[$(
  printf '%s' "$alert" | sed "s/\"status\":\"firing\"/\"status\":\"resolved\"/; s/0001-01-01T00:00:00Z/$(date -u +%Y-%m-%dT%H:%M:%SZ)/")]}"
echo

say "7. Did it help?"
for _ in $(seq 1 40); do
  verdict="$(api GET "/api/tasks/$task" | pick "'%s: %s' % (it['verification']['state'], it['verification'].get('reason', '')) if 'verification' in it else 'not verified'")"
  case "$verdict" in awaited*) sleep 0.25 ;; *) break ;; esac
done
echo "task $task is $verdict"
