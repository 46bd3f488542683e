// A vCenter, or a lone ESXi host, on loopback: govmomi's simulator as a program.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"github.com/vmware/govmomi/simulator"
)

func main() {
	listen := flag.String("l", "127.0.0.1:0", "where to listen; loopback only")
	user := flag.String("username", "svc-infraai", "the only user")
	passwordFile := flag.String("password-file", "", "holds the user's password")
	esx := flag.Bool("esx", false, "a lone ESXi host")
	machines := flag.Int("vm", 2, "virtual machines in each resource pool")
	plain := flag.Bool("plain-http", false, "without TLS")
	delays := flag.String("delay", "", "METHOD:MS,... before a method is run")
	flag.BoolVar(&simulator.Trace, "trace", false, "write all traffic to standard error")
	flag.Parse()

	password, err := os.ReadFile(*passwordFile)
	check(err)
	model := simulator.VPX()
	if *esx {
		model = simulator.ESX()
	}
	model.Machine = *machines
	model.DelayConfig.MethodDelay = parsed(*delays)
	check(model.Create())
	model.Service.Listen = &url.URL{
		Host: *listen,
		User: url.UserPassword(*user, strings.TrimSpace(string(password))),
	}
	model.Service.ServeMux = http.NewServeMux()
	if !*plain {
		model.Service.TLS = new(tls.Config)
	}
	model.Service.ServeMux.HandleFunc("/lab/status-once", statusOnce)
	server := model.Service.NewServer()
	fmt.Println(server.URL.Scheme + "://" + server.URL.Host + "/sdk")

	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGINT, syscall.SIGTERM)
	<-ended
	model.Remove()
}

// Lets the next call be answered with a bare HTTP status, as by a proxy without its server.
func statusOnce(answer http.ResponseWriter, request *http.Request) {
	status, err := strconv.Atoi(request.URL.Query().Get("code"))
	if err != nil {
		http.Error(answer, err.Error(), http.StatusBadRequest)
		return
	}
	simulator.StatusSDK = status
}

func parsed(delays string) map[string]int {
	milliseconds := make(map[string]int)
	for _, delay := range strings.FieldsFunc(delays, func(at rune) bool { return at == ',' }) {
		method, time, _ := strings.Cut(delay, ":")
		number, err := strconv.Atoi(time)
		check(err)
		milliseconds[method] = number
	}
	return milliseconds
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
