// Where the types of a group are, among the packages of lab/schemas.sh.
const operators = {
  "keda.sh": "@kubernetes-models/keda",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
  "external-secrets.io": "@kubernetes-models/external-secrets",
};

export const moduleOf = (apiVersion) => {
  const operator = operators[apiVersion.split("/")[0]];
  return operator ? `${operator}/${apiVersion}` : `kubernetes-models/${apiVersion}`;
};
