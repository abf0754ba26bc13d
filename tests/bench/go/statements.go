// The statement list as one would write it in Go: net/http, html/template, go-sql-driver with one
// prepared statement. Same SQL and same words as payments; peers.py compares the pages before it
// measures. Built against Debian's packages, without modules.
//
//	DB_SOCKET DB_USER DB_PASSWORD statements SOCKET PAGE
package main

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"html/template"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	_ "github.com/go-sql-driver/mysql"
)

const letters = "0123456789abcdefghjkmnpqrstvwxyz"
const query = "SELECT c.person_id, c.roles, c.time_zone, c.locale, c.preferred_name, c.seen_at," +
	" s.public_id, s.period_start, s.period_end, s.net_minor, s.currency, s.state, s.promised_on, s.funds_on" +
	" FROM keptword_core.caller c JOIN statement s ON s.person_id = c.person_id" +
	" WHERE c.token_hash = ? AND c.seen_at > ? AND c.ends_at > ?" +
	" ORDER BY s.period_end DESC, s.id DESC LIMIT 26"

type row struct{ Id, Period, State, Arrives, Amount string }
type page struct {
	Contributor         bool
	Token, Name, Before string
	Rows                []row
}

func idText(b []byte) string {
	out := make([]byte, 0, 26)
	for i := 0; i < 130; i += 5 {
		pair := int(b[i>>3]) << 8
		if i>>3 < 15 {
			pair |= int(b[i>>3+1])
		}
		out = append(out, letters[pair>>(11-i&7)&31])
	}
	return string(out)
}

func period(a, b time.Time) string {
	layout := "2"
	if a.Year() != b.Year() {
		layout = "2 January 2006"
	} else if a.Month() != b.Month() {
		layout = "2 January"
	}
	return a.Format(layout) + " to " + b.Format("2 January 2006")
}

func money(minor int64, currency string) string {
	digits := strconv.FormatInt(minor/100, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return fmt.Sprintf("%s.%02d %s", digits, minor%100, currency)
}

func main() {
	db, err := sql.Open("mysql", fmt.Sprintf("%s:%s@unix(%s)/keptword_payments?charset=utf8mb4&parseTime=true",
		os.Getenv("DB_USER"), os.Getenv("DB_PASSWORD"), os.Getenv("DB_SOCKET")))
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	list, err := db.Prepare(query)
	if err != nil {
		log.Fatal(err)
	}
	view := template.Must(template.ParseFiles(os.Args[2]))

	http.HandleFunc("/peers/go/statements", func(w http.ResponseWriter, r *http.Request) {
		token := ""
		if cookie, err := r.Cookie("__Host-session"); err == nil {
			token = cookie.Value
		}
		hash := sha256.Sum256([]byte(token))
		now := time.Now().UTC()
		rows, err := list.Query(hash[:], now.Add(-8*time.Hour), now)
		if err != nil {
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		}
		defer rows.Close()
		var p page
		var last time.Time
		for rows.Next() {
			var person, roles, minor int64
			var zone, locale, currency string
			var seen, start, promised time.Time
			var funds sql.NullTime
			var id []byte
			var one row
			if err := rows.Scan(&person, &roles, &zone, &locale, &p.Name, &seen, &id, &start, &last, &minor,
				&currency, &one.State, &promised, &funds); err != nil {
				http.Error(w, "fault", http.StatusInternalServerError)
				return
			}
			if funds.Valid {
				promised = funds.Time
			}
			one.Id, one.Period, one.Amount = idText(id), period(start, last), money(minor, currency)
			one.Arrives = promised.Format("2 Jan 2006")
			p.Contributor = roles&2 != 0
			p.Rows = append(p.Rows, one)
		}
		if len(p.Rows) == 0 {
			w.Header().Set("Location", "/sign-in")
			w.WriteHeader(http.StatusSeeOther)
			return
		}
		if len(p.Rows) == 26 {
			p.Before = last.Format("2006-01-02")
		}
		form := sha256.Sum256([]byte("keptword form\n" + token))
		p.Token = hex.EncodeToString(form[:16])
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		var text bytes.Buffer
		if err := view.Execute(&text, &p); err != nil {
			log.Print(err)
		}
		_, _ = w.Write(text.Bytes())
	})
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.Serve(listener, nil))
}
